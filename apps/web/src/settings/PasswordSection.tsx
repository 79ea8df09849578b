import { useState, type FormEvent, type ReactElement } from "react";
import { notify } from "../kernel/notices.ts";
import { useCommand } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { Fault, Fields, Section } from "../ui/Page.tsx";
import { useSettingsMessages } from "./messages.ts";
import css from "./Settings.module.css";

/** Changing the password: two fields, both of which may be shown, and pasted into. */
export const PasswordSection = (): ReactElement => {
  const words = useSettingsMessages();
  const [password, setPassword] = useState("");
  const [next, setNext] = useState("");
  const [isShown, setShown] = useState(false);
  const change = useCommand("session.changePassword", { outdates: ["session.me", "session.sessions"], onDone: () => { setPassword(""); setNext(""); notify("done", words.changed); } });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ password, next });
  };
  const type = isShown ? "text" : "password";
  return (
    <Section title={words.change} lead={words.changeLead}>
      <form onSubmit={submit}>
        <Fields>
          <label>{words.current}<input type={type} autoComplete="current-password" required maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} /></label>
          <label>{words.next}<input type={type} autoComplete="new-password" required maxLength={200} value={next} onChange={(event) => setNext(event.target.value)} /></label>
          <Button type="submit" kind="primary" isBusy={change.isPending}>{words.save}</Button>
        </Fields>
        <Fields><label className={css["check"]}><input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />{words.show}</label></Fields>
        <Fault error={change.error} />
      </form>
    </Section>
  );
};
