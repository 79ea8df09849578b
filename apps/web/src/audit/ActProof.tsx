import type { Told } from "@lontar/ledger";
import { useState, type ReactElement } from "react";
import { deviceMemory } from "../kernel/memory.ts";
import { notify } from "../kernel/notices.ts";
import { call } from "../kernel/server.ts";
import { numberWords } from "../kernel/time.ts";
import { useTimeWords } from "../session/me.ts";
import { Seal } from "../ui/Marks.tsx";
import { useInquiryMessages } from "./inquiry-messages.ts";
import css from "./Room.module.css";

/** The place of an act in the log, and a press that proves it in this browser. */
export const ActProof = ({ act, subjectId, leafIndex }: { readonly act: Told; readonly subjectId: string; readonly leafIndex: number | null }): ReactElement => {
  const words = useInquiryMessages().trail;
  const time = useTimeWords();
  const [state, setState] = useState<"recorded" | "checking" | "proved" | "mismatch">("recorded");
  if (leafIndex === null) return <span className={css["leaf"]} data-state="waiting">{words.pending}</span>;
  const check = async (): Promise<void> => {
    setState("checking");
    try {
      const [{ checkTrailEntry }, proof] = await Promise.all([import("../kernel/trail-proof.ts"), call("received.proof", { id: subjectId, eventId: act.eventId })]);
      const finding = await checkTrailEntry(act, proof, deviceMemory);
      setState(finding.state);
      notify(finding.state === "proved" ? "done" : "bad", finding.state === "proved" ? words.provedNote : words.mismatchNote);
    } catch {
      setState("recorded"); // neither proved nor refuted: the network, or a browser without WebCrypto (only over plain HTTP)
      notify("bad", words.cannot);
    }
  };
  return (
    <button type="button" className={css["leaf"]} data-state={state} aria-busy={state === "checking" || undefined} onClick={() => void check()}>
      <Seal state={state} size={18} />
      <span className="vh">{words.check} </span>#{numberWords(leafIndex, time.language)}
      {state === "mismatch" && ` ${words.mismatch}`}
      {state === "proved" && <span className="vh"> {words.proved}</span>}
    </button>
  );
};
