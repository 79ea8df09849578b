import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactElement } from "react";
import { notify } from "../kernel/notices.ts";
import { keyOf, useCommand } from "../kernel/queries.ts";
import { useMe } from "../session/me.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Code, Fault, Fields, Section } from "../ui/Page.tsx";
import { Qr } from "../ui/Qr.tsx";
import { Chip } from "../ui/Small.tsx";
import { useAnew } from "./Anew.tsx";
import { useSettingsMessages } from "./messages.ts";
import { CodesShown } from "./RecoverySection.tsx";
import css from "./Settings.module.css";

/** The authenticator: a QR code to scan, its first code, and the recovery codes that come with it. */
export const SecondFactorSection = (): ReactElement => {
  const words = useSettingsMessages();
  const me = useMe();
  const anew = useAnew();
  const client = useQueryClient();
  const [code, setCode] = useState("");
  const begin = useCommand("session.beginSecondFactor", { onDone: () => anew.clear() });
  const confirm = useCommand("session.confirmSecondFactor", { onDone: () => { setCode(""); notify("done", words.set); } });
  const remove = useCommand("session.removeSecondFactor", { outdates: ["session.me"], onDone: () => { anew.clear(); notify("done", words.removed); } });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    anew.prove((proof) => (me.secondFactor ? remove : begin).mutate(proof));
  };
  const prove = (event: FormEvent): void => {
    event.preventDefault();
    if (begin.data !== undefined) confirm.mutate({ ticket: begin.data.ticket, code });
  };
  const keep = (): void => {
    begin.reset();
    confirm.reset();
    void client.invalidateQueries({ queryKey: keyOf("session.me") });
  };
  if (confirm.data !== undefined) return <Section title={words.recovery}><CodesShown codes={confirm.data.codes} onKept={keep} /></Section>;
  return (
    <Section title={words.factor} lead={words.factorLead}>
      <p><Chip tone={me.secondFactor ? "leaf" : "plain"}>{me.secondFactor ? words.isOn : words.isOff}</Chip></p>
      {begin.data === undefined ? (
        <form onSubmit={ask}>
          <Fields>
            {anew.fields}
            <Button type="submit" kind={me.secondFactor ? "danger" : "plain"} isBusy={anew.isBusy || begin.isPending || remove.isPending}>{me.secondFactor ? words.remove : words.begin}</Button>
          </Fields>
          <Fault error={anew.fault ?? begin.error ?? remove.error} />
        </form>
      ) : (
        <form onSubmit={prove} className={css["setup"]}>
          <Qr className={css["qr"]} text={begin.data.uri} label={words.qr} />
          <div>
            <p>{words.scan}</p>
            <Fields>
              <label>{words.code}<input data-autofocus inputMode="numeric" autoComplete="one-time-code" pattern="\d{6}" maxLength={6} required value={code} onChange={(event) => setCode(event.target.value)} /></label>
              <Button type="submit" kind="primary" isBusy={confirm.isPending}>{words.confirm}</Button>
            </Fields>
            <Fault error={confirm.error} />
            <p>{words.secret}</p>
            <Code>{begin.data.secret}</Code>
            <div className={css["buttons"]}><ButtonLink href={begin.data.uri} icon="phone">{words.open}</ButtonLink></div>
          </div>
        </form>
      )}
    </Section>
  );
};
