import type { ReactNode } from 'react';

function icon(paths: ReactNode, size = 16) {
  return function Icon({ className }: { className?: string }) {
    return (
      <svg className={className} width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        {paths}
      </svg>
    );
  };
}

export const TickIcon = icon(<path d="m3 8.5 3.2 3.2L13 4.8" />);
export const CrossIcon = icon(<path d="m4 4 8 8m0-8-8 8" />);
export const DashIcon = icon(<path d="M4 8h8" />);
export const WheelIcon = icon(<path d="M8 2a6 6 0 1 0 6 6" />);
export const RightIcon = icon(<path d="m6 3.5 4.5 4.5L6 12.5" />);
export const FileIcon = icon(<path d="M9 1.8H4.3a.8.8 0 0 0-.8.8v10.8c0 .4.4.8.8.8h7.4a.8.8 0 0 0 .8-.8V5.3zm0 0v3.5h3.5" />);
export const SearchIcon = icon(<><circle cx="7" cy="7" r="4.3" /><path d="m13.5 13.5-3.4-3.4" /></>);
export const CopyIcon = icon(<><rect x="5.5" y="5.5" width="8" height="8" rx="1" /><path d="M10.5 3.2v-.4a.8.8 0 0 0-.8-.8H3.3a.8.8 0 0 0-.8.8v6.4c0 .4.4.8.8.8h.4" /></>);
export const DownIcon = icon(<path d="M8 2v8m0 0 3.2-3.2M8 10 4.8 6.8M2.5 13.5h11" />);
export const BinIcon = icon(<path d="M2.5 4h11M6 4V2.5h4V4m1.8 0-.5 9.5H4.7L4.2 4" />);
export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />);
export const SunIcon = icon(<><circle cx="8" cy="8" r="3" /><path d="M8 1v1.5M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1m8 8 1 1m0-10-1 1m-8 8-1 1" /></>);
export const MoonIcon = icon(<path d="M13.5 9.500A5.800 5.800 0 0 1 6.500 2.500a5.800 5.800 0 1 0 7 7z" />);
export const WarnIcon = icon(<><path d="M8 2 1.500 13.500h13z" /><path d="M8 6.500v3m0 2v.1" /></>);
export const NoteIcon = icon(<><circle cx="8" cy="8" r="6" /><path d="M8 7.300v3.700m0-6v.1" /></>);
export const ClockIcon = icon(<><circle cx="8" cy="8" r="6" /><path d="M8 4.500V8l2.300 1.500" /></>);
export const FitIcon = icon(<path d="M2.500 6V2.500H6m4 0h3.500V6m0 4v3.500H10m-4 0H2.500V10" />);
export const PenIcon = icon(<path d="m2.500 13.500.7-3L10.700 3l2.300 2.300-7.500 7.500z" />);
export const PersonIcon = icon(<><circle cx="8" cy="5" r="2.8" /><path d="M2.500 14a5.500 5.500 0 0 1 11 0" /></>);
