import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useLanguage } from "../kernel/catalog/index.ts";
import { useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { sizeWords } from "../kernel/time.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { FactLines } from "../ui/FactGrid.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import css from "./Open.module.css";
import { useOpenMessages, useZoneWords } from "./messages.ts";
import { OpenFrame, OpenProblem, Todo } from "./OpenFrame.tsx";

/** `/p/:token`: the letter as a receiver outside sees it, with its file. Fetching the file tells the sender that it arrived. */
export const ParcelPage = (): ReactElement => {
  const words = useOpenMessages();
  const language = useLanguage();
  const time = useZoneWords();
  const { token = "" } = useParams({ strict: false });
  const answer = useRead("open.parcel", { token });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <OpenProblem error={answer.error} missing={words.frame.lostParcel} onRetry={() => void answer.refetch()} />;
  const { letter, file, to, verificationUrl } = answer.data;
  return (
    <OpenFrame title={letter.office} owner={words.parcel.owner} isNarrow>
      <p className={css["kind"]}>{words.parcel.lead(to)}</p>
      <h1 className={css["sentence"]}>{letter.subject}</h1>
      <FactLines facts={[{ label: words.number, value: letter.number }, { label: words.date, value: time.longDate(letter.date) }, { label: words.signer, value: letter.signer, note: letter.post }, { label: words.file, value: file.name, note: words.pages(file.pages) }]} />
      <div className={css["get"]}>
        <ButtonLink href={address("open.parcelFile", { token })} download="" kind="primary" size="big" isWide icon="download">{words.parcel.download(sizeWords(file.size, language))}</ButtonLink>
        <p className={css["quiet"]}>{words.parcel.receipt}</p>
        <a className={css["plainLink"]} href={verificationUrl}>{words.verify}</a>
      </div>
      <div className={css["next"]}>
        <Todo title={words.parcel.next} steps={words.parcel.steps} />
        <a className={css["plainLink"]} href="/periksa">{words.parcel.checkFile}</a>
      </div>
    </OpenFrame>
  );
};
