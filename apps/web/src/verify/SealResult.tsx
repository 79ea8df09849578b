import { inForceSentence, sealAspect, sealWords } from "@lontar/seal";
import type { ReactElement } from "react";
import { useLanguage } from "../kernel/catalog/index.ts";
import { FactLines } from "../ui/FactGrid.tsx";
import { Verdict, type VerdictAnswer } from "../ui/Verdict.tsx";
import css from "./Open.module.css";
import { useOpenMessages, useZoneWords } from "./messages.ts";
import type { SealCheck } from "./seal-check.ts";

/** What this browser can say of a QR code by itself: that its seal is forged, or genuine and not yet held against the register. */
export const SealResult = ({ check: { verdict, keys } }: { readonly check: SealCheck }): ReactElement => {
  const { check, date, number, pages, signer, subject } = useOpenMessages();
  const words = sealWords[useLanguage()];
  const time = useZoneWords();
  if (verdict === undefined) return <div className={css["intro"]} role="status"><h1>{check.seal.noKeys}</h1><p>{check.seal.noKeysNext}</p></div>;
  if ("refused" in verdict) {
    const answers = (["integrity", "identity", "authority"] as const).map((aspect): VerdictAnswer => {
      const mark = sealAspect[verdict.refused] === aspect ? "no" : "unknown";
      return { aspect, answer: mark, question: check.seal.questions[aspect], short: check.short[mark], sentence: mark === "no" ? check.seal.fails[aspect] : "" };
    });
    return <Verdict kind="invalid" sentence={words.refused[verdict.refused]} {...(verdict.host !== undefined && { subject: verdict.host })} answers={answers} />;
  }
  const { facts, name, withdrawn } = verdict.good;
  const listed = time.full(new Date(keys.issuedAt).toISOString());
  const inForce = withdrawn === true ? "no" : "unknown";
  const answers: readonly VerdictAnswer[] = [
    { aspect: "integrity", answer: "yes", question: check.seal.questions.integrity, short: check.short.yes, sentence: check.seal.whole },
    { aspect: "identity", answer: "yes", question: check.seal.questions.identity, short: check.short.yes, sentence: words.good(name) },
    { aspect: "authority", answer: inForce, question: check.seal.questions.authority, short: check.short[inForce], sentence: inForceSentence(words, withdrawn, listed) },
  ];
  const rows = [
    ...(facts.number === undefined ? [] : [{ label: number, value: facts.number }]), { label: date, value: time.longDate(facts.date) },
    ...(facts.subject === undefined ? [] : [{ label: subject, value: facts.subject }]), ...(facts.post === undefined ? [] : [{ label: signer, value: facts.post }]),
    ...(facts.pages === undefined ? [] : [{ label: check.seal.length, value: pages(facts.pages) }]), { label: check.code, value: facts.code },
  ];
  return (
    <>
      <Verdict kind={withdrawn === true ? "revoked" : "unchecked"} sentence={withdrawn === true ? check.lines.revoked : check.seal.line} answers={answers} checked={check.seal.listed(listed)} />
      <section className={css["record"]}>
        <h2>{check.seal.compareTitle}</h2>
        <p>{facts.number === undefined ? words.withheld : words.compare}</p>
        <FactLines facts={rows} />
      </section>
    </>
  );
};
