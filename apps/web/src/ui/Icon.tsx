import type { ReactElement } from "react";

const drawings = {
  desk: <><path d="M3 13h5l1.500 3h5L16 13h5" /><path d="M5.500 5h13L21 13v5a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 18v-5z" /></>,
  mail: <><path d="M3.500 7.500 12 13l8.500-5.500" /><rect x="3" y="5" width="18" height="14" rx="2" /></>,
  draft: <><path d="M14 3.500H7A1.500 1.500 0 0 0 5.500 5v14A1.500 1.500 0 0 0 7 20.500h10a1.500 1.500 0 0 0 1.500-1.500V8z" /><path d="M14 3.500V8h4.500M9 13h6M9 16.500h4" /></>,
  file: <path d="M14 3.500H7A1.500 1.500 0 0 0 5.500 5v14A1.500 1.500 0 0 0 7 20.500h10a1.500 1.500 0 0 0 1.500-1.500V8zM14 3.500V8h4.500" />,
  disposition: <><circle cx="6" cy="5" r="2" /><circle cx="18" cy="10" r="2" /><circle cx="18" cy="19" r="2" /><path d="M6 7v8.500A3.500 3.500 0 0 0 9.500 19H16M6 8.500A1.500 1.500 0 0 0 7.500 10H16" /></>,
  archive: <><rect x="3" y="4" width="18" height="5" rx="1.300" /><path d="M5 9v9.500A1.500 1.500 0 0 0 6.500 20h11a1.500 1.500 0 0 0 1.500-1.500V9M10 13h4" /></>,
  village: <path d="M3 9.500 12 4l9 5.500M5 9.500V19h14V9.500M9.500 19v-5h5v5" />,
  chart: <path d="M4 20h16M7 16v-5M12 16V6M17 16v-8" />,
  audit: <><path d="M12 3l2.300 1.700 2.800-.1.800 2.700 2.300 1.700-.9 2.700.9 2.700-2.300 1.700-.8 2.700-2.800-.1L12 20.400l-2.300-1.700-2.800.1-.8-2.700L3.800 14.400l.9-2.700-.9-2.700 2.300-1.700.8-2.700 2.800.1z" /><path d="m8.700 11.900 2.300 2.300 4.300-4.500" /></>,
  settings: <><path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="17" r="2" /></>,
  search: <><circle cx="11" cy="11" r="6.500" /><path d="m20 20-4.300-4.300" /></>,
  zoomIn: <><circle cx="11" cy="11" r="6.500" /><path d="m20 20-4.300-4.300M8.500 11h5M11 8.500v5" /></>,
  zoomOut: <><circle cx="11" cy="11" r="6.500" /><path d="m20 20-4.300-4.300M8.500 11h5" /></>,
  help: <><circle cx="12" cy="12" r="8.500" /><path d="M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.300-1 .8-1 1.700M12 16.500v.1" /></>,
  info: <><circle cx="12" cy="12" r="8.500" /><path d="M12 11v5.500M12 7.600v.1" /></>,
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  check: <path d="m5 12.500 4.500 4.500L19 7.500" />,
  play: <path d="M8 5.500v13l10.500-6.500z" />,
  pause: <path d="M8.500 5.500v13M15.500 5.500v13" />,
  pen: <><path d="m14.500 5.500 4 4L9 19l-5 1 1-5z" /><path d="m12.500 7.500 4 4M13 20h7" /></>,
  paraf: <path d="M3 18c3.500-1 5-10 7.500-10 2 0 .5 6 2 6s1.500-3 3-3 .5 3 2 3c1 0 2-.7 3.500-1.500" />,
  report: <><path d="M14 3.500H7A1.500 1.500 0 0 0 5.500 5v14A1.500 1.500 0 0 0 7 20.500h10a1.500 1.500 0 0 0 1.500-1.500V8z" /><path d="M14 3.500V8h4.500m-9.500 6 2 2 4-4" /></>,
  lock: <><rect x="5" y="11" width="14" height="9" rx="2" /><path d="M8 11V8a4 4 0 0 1 8 0v3" /></>,
  more: <><circle cx="5" cy="12" r="1.200" /><circle cx="12" cy="12" r="1.200" /><circle cx="19" cy="12" r="1.200" /></>,
  menu: <path d="M4 7h16M4 12h16M4 17h16" />,
  back: <path d="M19 12H5m6-6-6 6 6 6" />,
  forward: <path d="M5 12h14m-6-6 6 6-6 6" />,
  left: <path d="m14.500 6-6 6 6 6" />,
  right: <path d="m9.500 6 6 6-6 6" />,
  down: <path d="m7 10 5 5 5-5" />,
  upDown: <path d="m8 9 4-4 4 4M8 15l4 4 4-4" />,
  thumbnails: <><rect x="4" y="4" width="5" height="6" rx="1" /><rect x="4" y="14" width="5" height="6" rx="1" /><path d="M13 5h7M13 9h5M13 15h7M13 19h5" /></>,
  print: <><path d="M7 9V4h10v5M7 17H5a1.500 1.500 0 0 1-1.500-1.500v-5A1.500 1.500 0 0 1 5 9h14a1.500 1.500 0 0 1 1.500 1.500v5A1.500 1.500 0 0 1 19 17h-2" /><path d="M7 14h10v6H7z" /></>,
  download: <path d="M12 4v11m-4.500-4L12 15.500 16.500 11M5 20h14" />,
  upload: <path d="M12 16V5M7.500 9 12 4.500 16.500 9M4 15v4.500h16V15" />,
  flag: <path d="M6 21V4M6 5c4-2.500 7 2.500 12 0v8c-5 2.500-8-2.500-12 0" />,
  clip: <path d="m19 11-7.500 7.500a4.500 4.500 0 0 1-6.400-6.400L13 4.300a3 3 0 0 1 4.300 4.300L9.700 16.200a1.500 1.500 0 0 1-2.100-2.100L14 7.700" />,
  eye: <><path d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12z" /><circle cx="12" cy="12" r="2.800" /></>,
  eyeOff: <><path d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12z" /><circle cx="12" cy="12" r="2.800" /><path d="m4 4 16 16" /></>,
  org: <><rect x="9" y="3.500" width="6" height="5" rx="1" /><rect x="3" y="15.500" width="6" height="5" rx="1" /><rect x="15" y="15.500" width="6" height="5" rx="1" /><path d="M12 8.500V12m-6 3.500V12h12v3.500" /></>,
  calendar: <><rect x="4" y="5.500" width="16" height="14.500" rx="2" /><path d="M4 10h16M8.500 3.500v4M15.500 3.500v4" /></>,
  clock: <><circle cx="12" cy="12" r="8.500" /><path d="M12 7.500V12l3 2" /></>,
  history: <><path d="M4 12a8 8 0 1 0 2.500-5.800M4 5v4h4" /><path d="M12 8v4.200l2.800 1.800" /></>,
  undo: <><path d="M8 5 4 9l4 4" /><path d="M4 9h10a5.500 5.500 0 0 1 0 11h-4" /></>,
  redo: <><path d="m16 5 4 4-4 4" /><path d="M20 9H10a5.500 5.500 0 0 0 0 11h4" /></>,
  reload: <><path d="M20 5v5h-5M4 19v-5h5" /><path d="M5.500 9.500A7.500 7.500 0 0 1 19.700 10M18.500 14.500A7.500 7.500 0 0 1 4.300 14" /></>,
  cloudDone: <><path d="M7 18.500a4.300 4.300 0 0 1-.4-8.600 5.800 5.800 0 0 1 11.200 1.200A3.800 3.800 0 0 1 17.500 18.500z" /><path d="m9.500 13.800 1.900 1.900 3.400-3.600" /></>,
  cloudOff: <><path d="M7 18.500a4.300 4.300 0 0 1-.4-8.600 5.800 5.800 0 0 1 11.200 1.200A3.800 3.800 0 0 1 17.500 18.500z" /><path d="m4 4 16 16" /></>,
  comment: <path d="M4 5h16v11.500H10L5.500 20v-3.500H4z" />,
  bold: <path d="M7 5h6a3.300 3.300 0 0 1 0 6.800H7zM7 11.800h7a3.600 3.600 0 0 1 0 7.200H7z" />,
  italic: <path d="M10 5h7M7 19h7M14 5l-4 14" />,
  numbered: <path d="M10 6h10M10 12h10M10 18h10M4 5.200l1.200-.7V8M4 13.500h2.200L4 17h2.200" />,
  bullets: <><path d="M10 6h10M10 12h10M10 18h10" /><circle cx="5" cy="6" r="1" /><circle cx="5" cy="12" r="1" /><circle cx="5" cy="18" r="1" /></>,
  table: <><rect x="4" y="5" width="16" height="14" rx="1.500" /><path d="M4 10h16M10 10v9" /></>,
  fingerprint: <><path d="M6.500 19.500c.8-2 1-4 1-7a4.500 4.500 0 0 1 9 0c0 1.600 0 3.200-.3 4.800" /><path d="M12 12c0 3.500-.3 6-1.300 8.500M4.300 15.500c.2-1 .2-2 .2-3a7.500 7.500 0 0 1 13-5.100M19.300 10.500c.3 1.700.3 4.500 0 6.500M15.700 19.800l.2-.8" /></>,
  warning: <><path d="M12 4 2.800 19.500h18.400z" /><path d="M12 10v4.200M12 16.900v.1" /></>,
  shield: <><path d="M12 3 5 5.800v5.400c0 4.400 3 7.600 7 9.300 4-1.700 7-4.900 7-9.300V5.800z" /><path d="m9 11.800 2.200 2.200 4-4.200" /></>,
  phone: <path d="M6.500 3.500h3l1.500 4.500-2 1.500a12 12 0 0 0 5.500 5.500l1.500-2 4.500 1.500v3a2 2 0 0 1-2.200 2A16 16 0 0 1 4.500 5.700a2 2 0 0 1 2-2.200z" />,
  copy: <path d="M8 8h11v12H8zM5 16V4h10" />,
  camera: <><path d="M4 8h3.500L9 5.500h6L16.500 8H20v11H4z" /><circle cx="12" cy="13" r="3.500" /></>,
  flash: <path d="M13 3 5 13.500h6L10 21l8-10.500h-6z" />,
  mic: <><rect x="9" y="3.500" width="6" height="11" rx="3" /><path d="M5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3" /></>,
  send: <path d="M20.500 3.500 10.500 13.500M20.500 3.500 14.500 20.500l-4-7-7-4z" />,
  trash: <path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.500 11v5M13.500 11v5" />,
  user: <><circle cx="12" cy="8" r="3.500" /><path d="M5 20c.6-4 3.400-6 7-6s6.400 2 7 6" /></>,
  signOut: <path d="M14 4.500H6.500A1.500 1.500 0 0 0 5 6v12a1.500 1.500 0 0 0 1.500 1.500H14M10 12h10.500m-4-4 4 4-4 4" />,
  sun: <><circle cx="12" cy="12" r="4" /><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400" /></>,
  language: <><circle cx="12" cy="12" r="8.500" /><path d="M3.500 12h17M12 3.500c2.500 2.500 3.500 5.300 3.500 8.500s-1 6-3.500 8.500c-2.500-2.500-3.500-5.300-3.500-8.500s1-6 3.500-8.500z" /></>,
  folder: <path d="M3.500 18V6.500A1.500 1.500 0 0 1 5 5h4.500l2 2.500H19A1.500 1.500 0 0 1 20.500 9v9a1.500 1.500 0 0 1-1.500 1.500H5A1.500 1.500 0 0 1 3.500 18z" />,
  keyboard: <><rect x="2.500" y="6" width="19" height="12" rx="2" /><path d="M6 10h.1M10 10h.1M14 10h.1M18 10h.1M8 14h8" /></>,
} satisfies Record<string, ReactElement>;

/** The name of an icon. */
export type IconName = keyof typeof drawings;

/** Every icon, for the gallery of stories. */
export const iconNames: readonly IconName[] = Object.keys(drawings).filter((name): name is IconName => name in drawings);

/** A line icon in the colour of the text. Decoration only: the words stand beside it or in the button's label. */
export const Icon = ({ name, size = 20, className }: { readonly name: IconName; readonly size?: number; readonly className?: string | undefined }): ReactElement => (
  <svg className={className} width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={size < 18 ? 2 : 1.75} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" style={{ flex: "none", display: "block" }}>
    {drawings[name]}
  </svg>
);
