import { place, type Arc, type Box } from './place';

addEventListener('message', ({ data }: MessageEvent<{ boxes: Box[]; arcs: Arc[] }>) => postMessage(place(data.boxes, data.arcs)));
