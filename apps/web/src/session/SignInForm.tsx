import { useEffect, useId, useRef, useState, type FormEvent, type ReactElement } from "react";
import { useMutation } from "@tanstack/react-query";
import { Refused } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { deviceMemory } from "../kernel/memory.ts";
import { call } from "../kernel/server.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { cx } from "../ui/class-names.ts";
import type { Me } from "./me.ts";
import { enterByPasskey, isAutofillPossible, isPasskeyPossible, stopWaiting, wasPasskeyUsed } from "./passkey.ts";
import css from "./SignInForm.module.css";

const rememberedName = "lontar.username";

/** A passkey first, then user name, password and, when the account has one, the second factor. Used on the sign-in page and in the dialog over a page. */
export const SignInForm = ({ known, onSignedIn }: { /** Who was signed in until now, when that is known. */ readonly known?: Me | undefined; readonly onSignedIn: (me: Me) => void }): ReactElement => {
  const { signIn } = useMessages();
  const id = useId();
  const [username, setUsername] = useState(() => known?.username ?? deviceMemory.read(rememberedName) ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [isShown, setShown] = useState(false);
  const entry = useMutation({
    mutationFn: () => call("session.signIn", { username, password, ...(code !== "" && { code }) }),
    onSuccess: (me) => {
      deviceMemory.write(rememberedName, username.trim());
      onSignedIn(me);
    },
  });
  const refusal = entry.error instanceof Refused ? entry.error.code : undefined;
  const wantsCode = refusal === "second_factor_needed" || refusal === "passkey_needed" || refusal === "second_factor_wrong" || code !== "";
  // A wrong code says no more which kind was asked for: what was asked first stays on the label.
  const asked = useRef(refusal);
  if (refusal === "second_factor_needed" || refusal === "passkey_needed") asked.current = refusal;
  const isRecovery = asked.current === "passkey_needed";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    entry.mutate();
  };
  const passkey = usePasskeyEntry(known, onSignedIn);
  return (
    <form className={css["form"]} onSubmit={submit}>
      {passkey.isPossible && (
        <>
          <Button kind={passkey.isUsual ? "primary" : "tonal"} size="big" isWide icon="fingerprint" isBusy={passkey.isBusy} onClick={passkey.enter}>{signIn.passkey}</Button>
          {passkey.refusal !== undefined && (
            <p role="alert" className={css["refusal"]}>
              <Icon name="warning" />
              {passkey.refusal}
            </p>
          )}
          <p className={css["or"]}>{signIn.orPassword}</p>
        </>
      )}
      <div className={css["field"]}>
        <label htmlFor={`${id}-u`}>{signIn.username}</label>
        <input id={`${id}-u`} data-autofocus={username === "" || undefined} name="username" autoComplete={passkey.isPossible ? "username webauthn" : "username"} autoCapitalize="none" spellCheck={false} required maxLength={80} value={username} onChange={(event) => setUsername(event.target.value)} />
      </div>
      <div className={css["field"]}>
        <label htmlFor={`${id}-p`}>{signIn.password}</label>
        <div className={css["box"]}>
          <input id={`${id}-p`} data-autofocus={username !== "" || undefined} name="password" type={isShown ? "text" : "password"} autoComplete="current-password" required maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} />
          <IconButton label={isShown ? signIn.hide : signIn.show} icon={isShown ? "eyeOff" : "eye"} onClick={() => setShown(!isShown)} />
        </div>
      </div>
      {wantsCode && (
        <div className={css["field"]}>
          <label htmlFor={`${id}-c`}>{isRecovery ? signIn.recoveryCode : signIn.code}</label>
          {/* It appears because the server just asked for it; the next thing to do is to type it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <input id={`${id}-c`} className={cx(css["code"])} name="code" autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} maxLength={20} autoFocus value={code} onChange={(event) => setCode(event.target.value)} />
          <small>{isRecovery ? signIn.recoveryCodeHint : signIn.codeHint}</small>
        </div>
      )}
      {entry.error !== null && refusal !== "second_factor_needed" && (
        <p role="alert" className={css["refusal"]}>
          <Icon name="warning" />
          {entry.error.message}
        </p>
      )}
      <Button type="submit" kind={passkey.isUsual ? "plain" : "primary"} size="big" isWide isBusy={entry.isPending}>{signIn.submit}</Button>
    </form>
  );
};

/** The way in by passkey: at a press, and waiting in the field for the user name where the browser can. */
const usePasskeyEntry = (known: Me | undefined, onSignedIn: (me: Me) => void) => {
  const { signIn } = useMessages();
  const latest = useRef(onSignedIn);
  latest.current = onSignedIn;
  const [isPossible] = useState(isPasskeyPossible);
  const [isUsual] = useState(() => isPasskeyPossible() && (known === undefined ? wasPasskeyUsed() : known.passkeys > 0));
  const entry = useMutation({ mutationFn: () => enterByPasskey(), onSuccess: (me) => latest.current(me) });
  useEffect(() => {
    let isHere = true;
    const wait = async (): Promise<void> => {
      if (!(await isAutofillPossible()) || !isHere) return;
      const me = await enterByPasskey(true);
      if (isHere) latest.current(me);
    };
    // Put off, taken over by the button, or refused: the other ways in are on the screen, so there is nothing to say.
    wait().catch(() => undefined);
    return () => {
      isHere = false;
      void stopWaiting().catch(() => undefined /* it had ended by itself */);
    };
  }, []);
  return { isPossible, isUsual, isBusy: entry.isPending, enter: () => entry.mutate(), refusal: entry.error === null ? undefined : entry.error instanceof Refused ? entry.error.message : signIn.passkeyPutOff };
};
