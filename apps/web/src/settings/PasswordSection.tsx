import { useState, type FormEvent, type ReactElement } from "react";
import { notify } from "../kernel/notices.ts";
import { useCommand } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { Fault, Fields, Section } from "../ui/Page.tsx";
import { useAnew } from "./Anew.tsx";
import { useSettingsMessages } from "./messages.ts";
import css from "./Settings.module.css";

/** Changing the password: two fields, both of which may be shown, and pasted into. */
export const PasswordSection = (): ReactElement => {
  const words = useSettingsMessages();
  const [next, setNext] = useState("");
  const [isShown, setShown] = useState(false);
  const anew = useAnew({ label: words.current, isShown });
  const change = useCommand("session.changePassword", { outdates: ["session.me", "session.sessions"], onDone: () => { anew.clear(); setNext(""); notify("done", words.changed); } });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    anew.prove((proof) => change.mutate({ ...proof, next }));
  };
  return (
    <Section title={words.change} lead={words.changeLead}>
      <form onSubmit={submit}>
        <Fields>
          {anew.fields}
          <label>{words.next}<input type={isShown ? "text" : "password"} autoComplete="new-password" required maxLength={200} value={next} onChange={(event) => setNext(event.target.value)} /></label>
          <Button type="submit" isBusy={anew.isBusy || change.isPending}>{words.save}</Button>
        </Fields>
        <Fields><label className={css["check"]}><input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />{words.show}</label></Fields>
        <Fault error={anew.fault ?? change.error} />
      </form>
    </Section>
  );
};
