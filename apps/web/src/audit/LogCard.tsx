import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { publishedLog } from "../kernel/log-files.ts";
import { deviceMemory } from "../kernel/memory.ts";
import { useRead } from "../kernel/queries.ts";
import { numberWords } from "../kernel/time.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Anchor } from "../ui/Anchor.tsx";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { LogFinding } from "./check-log.ts";
import { useAuditMessages } from "./messages.ts";
import { useRoomMessages } from "./room-messages.ts";
import css from "./Room.module.css";

type Watch = ResultOf<"audit.integrity">["watch"];
type Witness = Watch["witnesses"][number];

/** The log in one card: is it whole, who outside has seen it, and a check that needs nobody's word. */
export const LogCard = ({ isLinked = true }: { readonly isLinked?: boolean }): ReactElement | null => {
  const words = useRoomMessages().log;
  const time = useTimeWords();
  const now = useNow();
  const { data } = useRead("audit.integrity", {});
  if (data === undefined) return null;
  const { last, log, watch } = data;
  const count = numberWords(log?.size ?? 0, time.language);
  const isBroken = (last !== null && last.findings.length > 0) || watch.halt !== null || watch.witnesses.some((witness) => witness.problem === "menolak");
  return (
    <section className={css["card"]} id="bukti">
      <div className={css["sealed"]} data-tone={isBroken ? "late" : "gold"}>
        <span><Icon name={isBroken ? "warning" : "audit"} size={28} /></span>
        <div>
          <h2>{isBroken ? words.broken : words.title}</h2>
          <p>{last === null ? words.notChecked(count) : last.findings.length > 0 ? words.findings(last.findings.length, time.when(last.at, now)) : words.connected(count, time.when(last.at, now))}</p>
        </div>
      </div>
      {watch.witnesses.length > 0 && (
        <>
          <ul className={css["witnesses"]}>{watch.witnesses.map((witness) => <WitnessLine key={witness.name} witness={witness} published={watch.published ?? 0} />)}</ul>
          <p className={css["scale"]} aria-hidden="true"><span>{words.yesterday(time.clock(now))}</span><span>{words.now}</span></p>
        </>
      )}
      <p className={css["note"]}>{watch.witnesses.length === 0 ? words.none : words.enough(watch.enough, watch.witnesses.length)}{isLinked && <> <Anchor href="/pengawasan/keutuhan">{words.details}</Anchor></>}</p>
      <BrowserCheck />
    </section>
  );
};

const WitnessLine = ({ witness, published }: { readonly witness: Witness; readonly published: number }): ReactElement => {
  const words = useRoomMessages().log;
  const problems = useAuditMessages();
  const time = useTimeWords();
  const now = useNow();
  const clock = (at: string): string => (dayOf(at, time.zone) === dayOf(now, time.zone) ? time.clock(at) : time.stamp(at, now));
  const isBehind = witness.size < published;
  const note = witness.problem !== null ? (witness.problem === "menolak" ? problems.refuses : problems.away) : witness.at === null ? problems.notYet : isBehind ? words.behind(numberWords(published - witness.size, time.language)) : words.agrees(clock(witness.at));
  return (
    <li>
      <span><b>{witness.name}</b><small data-tone={witness.problem === "menolak" ? "late" : undefined}>{witness.problem !== null && witness.at !== null ? `${clock(witness.at)}, ${note}` : note}</small></span>
      <Pulse witness={witness} />
    </li>
  );
};

/** The last day of a witness, hour by hour: tall where it agreed, small where it failed or was not asked. */
const Pulse = ({ witness }: { readonly witness: Witness }): ReactElement => {
  const words = useRoomMessages().log;
  const agreed = witness.pulse.filter((hour) => hour === "sependapat").length;
  return (
    <svg className={css["pulse"]} width={96} height={18} viewBox="0 0 96 18" role="img" aria-label={words.pulse(witness.name, agreed, witness.pulse.length)}>
      {witness.pulse.map((hour, at) => <rect key={`${at} ${hour}`} className={css[hour]} x={at * 4} width={2.4} rx={1} y={hour === "sependapat" ? 2 : 8} height={hour === "sependapat" ? 14 : 3} />)}
    </svg>
  );
};

/** Signature, witnesses, tiles and what this browser saw before, checked here: the server is believed in nothing. */
export const BrowserCheck = (): ReactElement => {
  const words = useRoomMessages().log;
  const me = useMe();
  const time = useTimeWords();
  const [finding, setFinding] = useState<LogFinding | "checking" | "cannot" | undefined>(undefined);
  const check = async (): Promise<void> => {
    setFinding("checking");
    try {
      const { checkLog } = await import("./check-log.ts");
      setFinding(await checkLog(publishedLog(me.tenant.id), deviceMemory));
    } catch {
      setFinding("cannot"); // neither proved nor refuted: the network, or a browser without WebCrypto (only over plain HTTP)
    }
  };
  const said = (whole: Extract<LogFinding, { state: "whole" }>): string =>
    `${words.whole(numberWords(whole.size, time.language), whole.witnesses.map(({ name, at }) => `${name} ${time.clock(at)}`).join(", "))} ${whole.before === null ? words.first : words.before(numberWords(whole.before, time.language))}`;
  return (
    <>
      <div role="status">
        {finding === "checking" && <p className={css["quiet"]}>{words.checking}</p>}
        {finding === "cannot" && <p className={css["fault"]}>{words.cannot}</p>}
        {typeof finding === "object" && <p className={css["proof"]} data-tone={finding.state === "whole" ? "gold" : "late"}>{finding.state === "whole" ? said(finding) : words.why[finding.why]}</p>}
      </div>
      <Button isWide icon="check" isBusy={finding === "checking"} onClick={() => void check()}>{words.check}</Button>
    </>
  );
};

/** The same in one line, for a phone: it leads to the card. */
export const LogLine = (): ReactElement | null => {
  const words = useRoomMessages().log;
  const time = useTimeWords();
  const { data } = useRead("audit.integrity", {});
  if (data === undefined) return null;
  const isBroken = (data.last !== null && data.last.findings.length > 0) || data.watch.halt !== null;
  const agree = data.watch.witnesses.filter((witness) => witness.problem === null && witness.size > 0).length;
  return (
    <a className={css["mini"]} href="#bukti" data-tone={isBroken ? "late" : undefined}>
      <Icon name={isBroken ? "warning" : "audit"} size={24} />
      <span><b>{isBroken ? words.broken : words.short(numberWords(data.log?.size ?? 0, time.language))}</b><small>{words.shortNote(agree)}</small></span>
      <Icon name="right" size={18} />
    </a>
  );
};
