/** Pixels between layers of boxes, and between the boxes of one layer. */
export const GAP = 92;
export const ROW_GAP = 36;
