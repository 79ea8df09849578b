import type { ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Fault, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { needsCare } from "./certificate-care.ts";
import { useCertificatesWords } from "./certificates-words.ts";
import { useSettingsMessages } from "./messages.ts";

type Official = ResultOf<"signing.health">["officials"][number];

/** How the certificates of all signing officials stand, for their admin: those that need care first, and why. */
export const CertificatesPage = (): ReactElement => {
  const words = useCertificatesWords();
  const settings = useSettingsMessages();
  const health = useRead("signing.health", {});
  const check = useCommand("signing.checkNow", { outdates: ["signing.health"], onDone: () => void notify("done", words.asked) });
  const acts = <><ButtonLink href="/pengaturan" icon="back">{settings.back}</ButtonLink><Button kind="primary" icon="reload" isBusy={check.isPending} onClick={() => check.mutate({})}>{words.check}</Button></>;
  if (health.data === undefined) return <Page title={words.title} acts={acts}>{health.error === null ? <PageLoading /> : <PageProblem error={health.error} onRetry={() => void health.refetch()} />}</Page>;
  const { officials, provider, secret } = health.data;
  const isToken = secret === "pin";
  const care = officials.filter(needsCare);
  const good = officials.filter((official) => !needsCare(official));
  return (
    <Page title={words.title} acts={acts}>
      <Fault error={check.error} />
      <Section title={words.care(care.length)} lead={isToken ? words.leadTokens : words.lead(provider)}>
        {officials.length === 0 && <p>{words.none}</p>}
        <Rows>{care.map((official) => <OneOfficial key={official.id} official={official} isToken={isToken} />)}</Rows>
      </Section>
      {good.length > 0 && <Section title={words.good(good.length)}><Rows>{good.map((official) => <OneOfficial key={official.id} official={official} isToken={isToken} />)}</Rows></Section>}
    </Page>
  );
};

const OneOfficial = ({ official, isToken }: { readonly official: Official; readonly isToken: boolean }): ReactElement => {
  const words = useCertificatesWords();
  const time = useTimeWords();
  const now = useNow();
  const { certificate, checked, lastSigned, lastFailed } = official;
  const why = lastFailed === null ? "" : (new Map<string, string>(Object.entries(words.faults)).get(lastFailed.code) ?? words.fault);
  const facts = [
    official.post === "" ? words.noPost : official.post,
    ...(certificate === null ? [] : [words.until(certificate.issuer, time.mediumDate(certificate.until)), checked === null ? words.unchecked : words.checked(time.when(checked.at, now), `${(isToken ? words.tokenStanding : words.standing)[checked.standing]}, ${words.status[checked.status]}`)]),
    lastSigned === null ? words.neverSigned : words.signed(time.when(lastSigned, now)),
    ...(lastFailed === null ? [] : [words.failed(time.when(lastFailed.at, now), why)]),
  ];
  return <Row title={<>{official.name} <Chips official={official} isToken={isToken} /></>} note={facts.join(" · ")} />;
};

const Chips = ({ official: { certificate, checked, hasNik }, isToken }: { readonly official: Official; readonly isToken: boolean }): ReactElement => {
  const words = useCertificatesWords();
  if (certificate === null) return <>{<Chip tone="soon">{words.noCertificate}</Chip>} {!hasNik && <Chip tone="soon">{words.noNik}</Chip>}</>;
  const { days } = certificate;
  return (
    <>
      <Chip tone={days <= 7 ? "late" : days <= 60 ? "soon" : "leaf"}>{words.days(days)}</Chip>{" "}
      {checked !== null && checked.standing !== "ready" && <Chip tone={checked.standing === "unknown" ? "plain" : "late"}>{(isToken ? words.tokenStanding : words.standing)[checked.standing]}</Chip>}{" "}
      {checked?.status === "revoked" && <Chip tone="late">{words.status.revoked}</Chip>}{" "}
      {!certificate.nameAgrees && <Chip tone="late">{words.otherName}</Chip>}{" "}
      {certificate.development && <Chip tone="plain">{words.development}</Chip>}
    </>
  );
};
