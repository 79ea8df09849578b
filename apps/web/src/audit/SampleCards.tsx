import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { deviceMemory } from "../kernel/memory.ts";
import { useRead } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { numberWords } from "../kernel/time.ts";
import { useTimeWords } from "../session/me.ts";
import { Anchor } from "../ui/Anchor.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Chip } from "../ui/Small.tsx";
import type { DrawFinding } from "./check-draw.ts";
import { useInquiryMessages } from "./inquiry-messages.ts";
import css from "./Room.module.css";

/** A spot check as the list shows it. */
export type Sample = ResultOf<"inquiry.samples">[number];

/** The newest spot check that is under way, in one card of the room. */
export const SampleCards = (): ReactElement | null => {
  const words = useInquiryMessages().samples;
  const { data } = useRead("inquiry.samples", {});
  if (data === undefined) return null;
  const open = data.find((sample) => sample.status === "diundi") ?? data.find((sample) => sample.status === "terkunci") ?? data.find((sample) => sample.status === "selesai");
  if (open !== undefined) return <SampleCard sample={open} />;
  return (
    <section className={css["card"]}>
      <h2>{words.title}</h2>
      <p className={css["note"]}>{words.noneLead}</p>
      <ButtonLink isWide href="/pengawasan/uji-petik">{words.start}</ButtonLink>
    </section>
  );
};

/** One spot check: its list, its seed, its letters as dots, and the next one to look at. */
export const SampleCard = ({ sample }: { readonly sample: Sample }): ReactElement => {
  const words = useInquiryMessages().samples;
  const time = useTimeWords();
  const { tally } = sample;
  const done = tally.cocok + tally.catatan;
  const href = `/pengawasan/uji-petik/${sample.id}`;
  return (
    <section className={css["card"]} aria-label={`${words.title}: ${sample.title}`}>
      <div className={css["between"]}><h2>{words.title}</h2><Chip tone={sample.status === "selesai" ? "leaf" : "plain"}>{words.status[sample.status]}</Chip></div>
      <p className={css["quiet"]}><Anchor href={href}>{sample.title}</Anchor></p>
      <p className={css["quiet"]}>{words.of(numberWords(sample.count, time.language), numberWords(sample.population.members, time.language))}: {sample.words}</p>
      {sample.drawn !== null && <Dots sample={sample} />}
      <SampleFacts sample={sample} />
      {sample.drawn !== null && <Redraw id={sample.id} />}
      <br />
      <ButtonLink isWide href={href}>{sample.drawn !== null && tally.belum > 0 ? words.next(done + 1) : words.open}</ButtonLink>
    </section>
  );
};

/** The sampled letters as dots on the list that they were drawn from: what is done, what has a note, what is next. */
export const Dots = ({ sample }: { readonly sample: Sample }): ReactElement => {
  const words = useInquiryMessages().samples;
  const time = useTimeWords();
  const { cocok, catatan, belum } = sample.tally;
  const states = [...Array.from({ length: cocok }, () => "cocok" as const), ...Array.from({ length: catatan }, () => "catatan" as const), ...Array.from({ length: belum }, () => "belum" as const)];
  const gap = 258 / Math.max(1, states.length - 1);
  const radius = Math.max(1.2, Math.min(4, gap / 2.2));
  return (
    <>
      <svg className={css["dots"]} viewBox="0 0 272 22" role="img" aria-label={words.dots(states.length, numberWords(sample.population.members, time.language), cocok, catatan, belum)}>
        <rect className={css["base"]} x={0} y={9} width={272} height={4} rx={2} />
        {states.map((state, at) => <circle key={`${at} ${state}`} className={css[state === "belum" && at === cocok + catatan ? "next" : state]} cx={states.length === 1 ? 136 : 7 + at * gap} cy={11} r={radius} />)}
      </svg>
      <p className={css["legend"]}>
        <span><i className={css["cocok"]} />{words.agree(cocok)}</span>
        <span><i className={css["catatan"]} />{words.note(catatan)}</span>
        <span><i className={css["belum"]} />{words.left(belum)}</span>
      </p>
    </>
  );
};

/** What decided: the list with its hash, the fact, and the log. */
export const SampleFacts = ({ sample }: { readonly sample: Sample }): ReactElement => {
  const words = useInquiryMessages().samples;
  const time = useTimeWords();
  const now = useNow();
  const { hash } = sample.population;
  return (
    <dl className={css["facts"]}>
      <dt>{words.locked}</dt>
      <dd>{time.stamp(sample.locked.at, now)} <code title={hash}>{hash.slice(0, 4)}…{hash.slice(-4)}</code></dd>
      {sample.drawn === null ? (
        <><dt>{words.source}</dt><dd>{sample.source}</dd></>
      ) : (
        <><dt>{words.seed}</dt><dd>{sample.drawn.fact} + {words.rootAfter(numberWords(sample.drawn.tree.size, time.language))} <code title={sample.drawn.tree.root}>{sample.drawn.tree.root.slice(0, 4)}…{sample.drawn.tree.root.slice(-4)}</code></dd></>
      )}
    </dl>
  );
};

/** Draws again in this browser, from nothing but what anybody may be given. */
export const Redraw = ({ id }: { readonly id: string }): ReactElement => {
  const words = useInquiryMessages().samples;
  const time = useTimeWords();
  const [finding, setFinding] = useState<DrawFinding | "drawing" | "cannot" | undefined>(undefined);
  const draw = async (): Promise<void> => {
    setFinding("drawing");
    try {
      const [{ checkDraw }, evidence] = await Promise.all([import("./check-draw.ts"), call("inquiry.evidence", { id })]);
      setFinding(await checkDraw(evidence, deviceMemory));
    } catch {
      setFinding("cannot"); // neither the same nor another: the network, or a browser without WebCrypto (only over plain HTTP)
    }
  };
  return (
    <>
      <p className={css["note"]}>{words.anybody} <Button kind="link" isBusy={finding === "drawing"} onClick={() => void draw()}>{words.redo}</Button></p>
      <div role="status">
        {finding === "drawing" && <p className={css["quiet"]}>{words.redoing}</p>}
        {finding === "cannot" && <p className={css["fault"]}>{words.cannot}</p>}
        {typeof finding === "object" && <p className={css["proof"]} data-tone={finding.state === "same" ? "gold" : "late"}>{finding.state === "same" ? words.same(finding.count, numberWords(finding.members, time.language)) : `${words.why[finding.why]} ${words.whom}`}</p>}
      </div>
    </>
  );
};
