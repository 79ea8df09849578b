import type { ReactElement, ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { PostAvatar } from "./Small.tsx";
import css from "./Empty.module.css";

/** Which drawing an empty screen shows. */
export type Drawing = "desk" | "search" | "scan" | "letter" | "tree" | "broken" | "lost";

/** An empty screen that teaches the first step with a drawing. */
export const EmptyState = ({ drawing, title, children, acts }: { readonly drawing: Drawing; readonly title: string; readonly children?: ReactNode; readonly acts?: ReactNode }): ReactElement => (
  <div className={css["empty"]}>
    <Scene drawing={drawing} />
    <h2>{title}</h2>
    {children !== undefined && <p>{children}</p>}
    {acts !== undefined && <div className={css["acts"]}>{acts}</div>}
  </div>
);

/** Who can help, by name. */
export type NextPerson = { readonly name: string; readonly post: string; readonly contact?: { readonly label: string; readonly href: string } };

/** An error that says what happened in words, who does what next, and a number to tell them. It is the page, unless `isPart` of one that has its heading. */
export const ErrorState = ({ title, sentence, person, requestId, acts, drawing = "broken", isPart = false }: { readonly title: string; readonly sentence: string; readonly person?: NextPerson | undefined; readonly requestId?: string | undefined; readonly acts?: ReactNode; readonly drawing?: Drawing; readonly isPart?: boolean }): ReactElement => {
  const { errors } = useMessages();
  const Heading = isPart ? "h2" : "h1";
  return (
    <div className={css["empty"]} role="alert">
      <Scene drawing={drawing} />
      <Heading>{title}</Heading>
      <p>{sentence}</p>
      {person !== undefined && (
        <div className={css["who"]}>
          <PostAvatar name={person.name} />
          <span>
            <b>{person.name}</b>
            <small>{person.post}</small>
            {person.contact !== undefined && <a href={person.contact.href}>{person.contact.label}</a>}
          </span>
        </div>
      )}
      {acts !== undefined && <div className={css["acts"]}>{acts}</div>}
      {requestId !== undefined && requestId !== "" && (
        <>
          <p className={css["number"]}>{errors.request(requestId)}</p>
          <small style={{ color: "var(--ink-2)" }}>{errors.whom}</small>
        </>
      )}
    </div>
  );
};

const sheet = (x: number, y: number, turn: number, children?: ReactNode): ReactElement => (
  <g transform={`translate(${x} ${y}) rotate(${turn})`}>
    <rect x="-26" y="-36" width="52" height="72" rx="4" fill="var(--paper)" stroke="var(--line-2)" strokeWidth="1.500" />
    {children ?? (
      <g stroke="var(--line-2)" strokeWidth="2.400" strokeLinecap="round">
        <path d="M-14-24h28" stroke="var(--leaf-300)" />
        <path d="M-17-10h34M-17-1h34M-17 8h26" />
      </g>
    )}
  </g>
);

const Scene = ({ drawing }: { readonly drawing: Drawing }): ReactElement => (
  <svg width="184" height="128" viewBox="0 0 184 128" fill="none" aria-hidden="true">
    <ellipse cx="92" cy="114" rx="74" ry="7" fill="var(--leaf-100)" />
    {drawing === "desk" && (
      <>
        <path d="M24 82h136" stroke="var(--leaf-400)" strokeWidth="4" strokeLinecap="round" />
        <path d="M36 84v28M148 84v28" stroke="var(--leaf-300)" strokeWidth="4" strokeLinecap="round" />
        <path d="M62 60h34l-5 20H67z" fill="var(--leaf-100)" stroke="var(--leaf-400)" strokeWidth="1.800" strokeLinejoin="round" />
        <path d="M96 64c9-2 10 11-2 10" stroke="var(--leaf-400)" strokeWidth="1.800" />
        <path d="M74 50c-4-6 4-8 0-15M84 50c-4-6 4-8 0-15" stroke="var(--line-2)" strokeWidth="2.200" strokeLinecap="round" />
        <path d="M122 80c-3-22 2-36 12-44M123 62c-8-2-13-8-13-16 8 1 13 7 13 16zM126 52c1-9 6-15 14-17 1 9-4 15-14 17z" stroke="var(--accent)" strokeWidth="1.800" fill="var(--leaf-100)" strokeLinejoin="round" />
        <path d="M112 80h22l-3-8h-16z" fill="var(--gold-100)" stroke="var(--gold-500)" strokeWidth="1.500" />
      </>
    )}
    {drawing === "search" && (
      <>
        {sheet(66, 66, -8)}
        {sheet(98, 62, 5)}
        <circle cx="118" cy="70" r="22" fill="var(--leaf-50)" fillOpacity=".8" stroke="var(--accent)" strokeWidth="4" />
        <path d="m134 86 18 18" stroke="var(--accent)" strokeWidth="6" strokeLinecap="round" />
      </>
    )}
    {drawing === "scan" && (
      <>
        {sheet(92, 46, 0)}
        <path d="M34 78h116a8 8 0 0 1 8 8v18a6 6 0 0 1-6 6H32a6 6 0 0 1-6-6V86a8 8 0 0 1 8-8z" fill="var(--leaf-100)" stroke="var(--leaf-400)" strokeWidth="1.800" />
        <path d="M52 78h80" stroke="var(--accent)" strokeWidth="4" strokeLinecap="round" />
        <circle cx="140" cy="94" r="3" fill="var(--accent)" />
      </>
    )}
    {drawing === "letter" && (
      <>
        {sheet(80, 60, -4)}
        <path d="M112 92 146 44l10 7-34 48-13 6z" fill="var(--gold-100)" stroke="var(--gold-500)" strokeWidth="1.800" strokeLinejoin="round" />
        <path d="M66 82c6-8 10 4 15-2s8 5 14 0" stroke="var(--accent)" strokeWidth="2.200" strokeLinecap="round" />
      </>
    )}
    {drawing === "tree" && (
      <>
        <path d="M52 58h24a10 10 0 0 0 10-10v-6a10 10 0 0 1 10-10h16M76 58h36M76 58a10 10 0 0 1 10 10v8a10 10 0 0 0 10 10h16" stroke="var(--leaf-300)" strokeWidth="2.400" />
        <circle cx="44" cy="58" r="17" fill="var(--accent)" />
        {[32, 58, 86].map((y) => <circle key={y} cx="128" cy={y} r="12" fill="var(--leaf-100)" stroke="var(--leaf-400)" strokeWidth="1.800" strokeDasharray={y === 58 ? "4 3" : undefined} />)}
      </>
    )}
    {(drawing === "broken" || drawing === "lost") && (
      <>
        {sheet(drawing === "lost" ? 70 : 92, 62, drawing === "lost" ? -10 : 0, (
          <g>
            <g stroke="var(--line-2)" strokeWidth="2.400" strokeLinecap="round"><path d="M-17-20h34M-17-11h20" /></g>
            {drawing === "broken" ? <path d="M-26 6l10 7 9-10 9 11 10-9 14 8" stroke="var(--amber-700)" strokeWidth="2.200" strokeLinejoin="round" /> : <path d="M-6 6c0-10 15-9 13 1-1 5-7 5-7 11m0 7v.2" stroke="var(--amber-700)" strokeWidth="3" strokeLinecap="round" />}
          </g>
        ))}
        {drawing === "lost" && <path d="M112 92c12 4 26-6 22-20s12-22 24-16" stroke="var(--leaf-300)" strokeWidth="2.400" strokeDasharray="4 6" strokeLinecap="round" />}
      </>
    )}
  </svg>
);
