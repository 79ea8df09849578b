import { useRef, useState, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { deviceMemory } from "../kernel/memory.ts";
import { notify } from "../kernel/notices.ts";
import { useRead } from "../kernel/queries.ts";
import { address, call } from "../kernel/server.ts";
import { numberWords } from "../kernel/time.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { FactLines } from "../ui/FactGrid.tsx";
import { Jejak, type TrailEntry as DrawnEntry } from "../ui/Jejak.tsx";
import { useReceivedMessages } from "./messages.ts";
import type { ProofFinding, TrailEntry } from "../kernel/trail-proof.ts";
import css from "./LetterPage.module.css";

type Finding = ProofFinding | { readonly state: "checking" };

const shownFirst = 6;

/** Jejak of a letter (or a naskah): each entry can be proved in this browser, without believing the server. */
export const TrailPanel = ({ letterId, isTitled = true }: { readonly letterId: string; readonly isTitled?: boolean }): ReactElement => {
  const words = useReceivedMessages().trail;
  const { trail, list } = useMessages();
  const me = useMe();
  const time = useTimeWords();
  const now = useNow();
  const answer = useRead("received.trail", { id: letterId });
  const { findings, check, checkAll, progress } = useProofs(letterId);
  const [isAll, setAll] = useState(false);
  const [openId, setOpenId] = useState<string | undefined>(undefined);
  const { post } = useMessages();

  if (answer.error !== null) return <p className={css["fault"]} role="alert">{answer.error.message}</p>;
  if (answer.data === undefined) return <p className={css["quiet"]} role="status">{list.loading}</p>;
  const { entries } = answer.data;
  const recorded = entries.filter((entry) => entry.leafIndex !== null);
  const isAllProved = recorded.length > 0 && recorded.every((entry) => findings.get(entry.eventId)?.state === "proved");
  const shown = isAll ? entries : entries.slice(0, shownFirst);
  const open = entries.find((entry) => entry.eventId === openId);
  const evidence = openId === undefined ? undefined : findings.get(openId);

  const draw = (entry: TrailEntry): DrawnEntry => {
    const finding = findings.get(entry.eventId);
    const holding = post.holding[entry.holding];
    return {
      id: entry.eventId,
      person: entry.person,
      post: entry.system ? "" : holding === "" ? entry.post : `${trail.as} ${holding} ${entry.post}`,
      avatar: entry.system ? "system" : entry.person === me.name ? "you" : entry.holding === "definitif" ? "person" : "acting",
      ...(entry.basis !== null && { basis: entry.basis }),
      act: entry.sentence,
      ...(entry.reason !== null && { reason: entry.reason }),
      time: time.stamp(entry.at, now),
      instant: entry.at,
      ...(entry.leafIndex !== null && { leaf: numberWords(entry.leafIndex, time.language) }),
      seal: entry.leafIndex === null ? "waiting" : finding === undefined ? "recorded" : finding.state,
      ...(finding?.state === "mismatch" && { alarm: `${words.why[finding.why]} ${words.whom}` }),
    };
  };

  return (
    <>
      <Jejak
        entries={shown.map(draw)}
        summary={progress !== undefined ? words.checking(progress.done, progress.all) : isAllProved ? words.allProved(entries.length) : words.lead(entries.length)}
        isTitled={isTitled}
        onCheck={(id) => {
          setOpenId(id);
          const entry = entries.find((each) => each.eventId === id);
          if (entry !== undefined) void check(entry);
        }}
        action={recorded.length > 0 && !isAllProved && <Button kind="link" isBusy={progress !== undefined} onClick={() => void checkAll(recorded)}>{words.checkAll}</Button>}
      />
      {entries.length > shown.length && <p className={css["showAll"]}><Button kind="link" onClick={() => setAll(true)}>{words.showAll(entries.length)}</Button></p>}
      {entries.length > 0 && (
        <section className={css["copies"]} aria-label={words.copies}>
          <ButtonLink size="small" icon="download" href={address("received.story", { id: letterId, as: "pdf" })} download="">{words.printed}</ButtonLink>
          <ButtonLink size="small" icon="audit" href={address("received.story", { id: letterId, as: "json" })} download="">{words.proofs}</ButtonLink>
          <p>{words.copiesNote}</p>
        </section>
      )}
      {open !== undefined && evidence?.state === "proved" && (
        <section className={css["evidence"]} aria-label={words.evidence}>
          <p role="status">{evidence.erased ? words.erased : words.proved}</p>
          <FactLines
            facts={[
              { label: words.leaf, value: `#${numberWords(evidence.leafIndex, time.language)}`, note: `${time.longDate(open.at)} ${time.exactClock(open.at)} ${time.zone}` },
              { label: words.tree, value: numberWords(evidence.size, time.language) },
              { label: words.origin, value: evidence.origin },
            ]}
          />
        </section>
      )}
    </>
  );
};

/** Findings by event. The checker comes as its own piece of script when the first proof is asked for. */
const useProofs = (letterId: string) => {
  const words = useReceivedMessages().trail;
  const [findings, setFindings] = useState<ReadonlyMap<string, Finding>>(new Map());
  const [progress, setProgress] = useState<{ readonly done: number; readonly all: number } | undefined>(undefined);
  const latest = useRef(findings);
  const put = (id: string, finding: Finding | undefined): void => {
    const next = new Map(latest.current);
    if (finding === undefined) next.delete(id);
    else next.set(id, finding);
    latest.current = next;
    setFindings(next);
  };
  const check = async (entry: TrailEntry): Promise<void> => {
    put(entry.eventId, { state: "checking" });
    try {
      const [{ checkTrailEntry }, proof] = await Promise.all([import("../kernel/trail-proof.ts"), call("received.proof", { id: letterId, eventId: entry.eventId })]);
      put(entry.eventId, await checkTrailEntry(entry, proof, deviceMemory));
    } catch {
      // Neither proved nor refuted: the network, or a browser without WebCrypto (only over plain HTTP).
      put(entry.eventId, undefined);
      notify("bad", words.cannot);
    }
  };
  const checkAll = async (entries: readonly TrailEntry[]): Promise<void> => {
    for (const [index, entry] of entries.entries()) {
      setProgress({ done: index, all: entries.length });
      await check(entry);
      if (!latest.current.has(entry.eventId)) break; // cannot be checked now; say it once
    }
    setProgress(undefined);
  };
  return { findings, check, checkAll, progress };
};
