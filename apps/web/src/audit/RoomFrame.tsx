import { useRouterState } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { useRoomMessages } from "./room-messages.ts";
import { useMandate, type Mandate } from "./use-mandate.ts";
import css from "./Room.module.css";

const places = [
  ["room", "/pengawasan", "inspector"], ["trail", "/pengawasan/jejak", "inspector"], ["samples", "/pengawasan/uji-petik", "inspector"], ["reports", "/pengawasan/laporan", "inspector"], ["integrity", "/pengawasan/keutuhan", "both"],
  ["rules", "/pengawasan/aturan", "inspector"], ["mandates", "/mandat/pemeriksaan", "both"], ["emergencies", "/darurat", "both"],
] as const;

/** The frame of every page of the inspector's room: its places, and under which mandate one reads. */
export const RoomFrame = ({ title, lead, acts, children }: { readonly title: string; readonly lead?: ReactNode; readonly acts?: ReactNode; readonly children: ReactNode }): ReactElement => {
  const words = useRoomMessages();
  const here = useRouterState({ select: (state) => state.location.pathname });
  const isInspector = useMe().acting.functions.includes("inspector");
  const isCurrent = (href: string): boolean => here === href || (href !== "/pengawasan" && here.startsWith(`${href}/`)) || (!isInspector && href === "/pengawasan/keutuhan" && here === "/pengawasan");
  return (
    <div className={css["page"]}>
      <div className={css["inner"]}>
        <header className={css["head"]}>
          <div>
            <h1>{title}</h1>
            {lead}
          </div>
          {acts !== undefined && <div className={css["acts"]}>{acts}</div>}
        </header>
        <nav className={css["places"]} aria-label={words.placesLabel}>
          {places.filter(([, , who]) => isInspector || who === "both").map(([name, href]) => <Anchor key={name} href={href} {...(isCurrent(href) && { "aria-current": "page" as const })}>{words.places[name]}</Anchor>)}
        </nav>
        {children}
      </div>
    </div>
  );
};

/** Says on what order one reads, and lets one choose where there are several. */
export const MandateLine = (): ReactElement => {
  const words = useRoomMessages();
  const time = useTimeWords();
  const { running, mandate, choose } = useMandate();
  // The record holds the decree in the words of a signature block; here its date stands in the language of the page.
  const decreeWords = ({ decree }: Mandate): string => `${decree.number}, ${time.date(decree.date)}`;
  if (mandate === undefined) return <></>;
  return (
    <>
      <p>
        {words.reading} <Anchor href={`/mandat/pemeriksaan/${mandate.id}`}>{decreeWords(mandate)}</Anchor>, {words.span(time.mediumDate(mandate.since), time.mediumDate(mandate.until))}. {words.recorded}
      </p>
      {running.length > 1 && (
        <label>
          <span className="vh">{words.mandate}</span>
          <select value={mandate.id} onChange={(event) => choose(event.target.value)}>
            {running.map((one) => <option key={one.id} value={one.id}>{decreeWords(one)}: {one.purpose}</option>)}
          </select>
        </label>
      )}
    </>
  );
};

/** What needs a mandate, with one; or how to get it. */
export const UnderMandate = ({ children, otherwise }: { readonly children: (mandate: Mandate) => ReactNode; readonly otherwise?: ReactNode }): ReactElement => {
  const words = useRoomMessages();
  const { isLoading, error, retry, mandate } = useMandate();
  if (isLoading) return <PageLoading />;
  if (error !== null && mandate === undefined) return <PageProblem error={error} onRetry={retry} />;
  if (mandate !== undefined) return <>{children(mandate)}</>;
  return (
    <>
      <EmptyState drawing="letter" title={words.noMandate} acts={<ButtonLink href="/mandat/pemeriksaan" kind="primary">{words.toMandates}</ButtonLink>}>{words.noMandateLead}</EmptyState>
      {otherwise}
    </>
  );
};
