import { useState, type ReactElement } from "react";
import { Refused, Unreachable } from "../kernel/api.ts";
import { useMe } from "../session/me.ts";
import { proveFresh } from "../session/passkey.ts";
import { Button } from "../ui/Button.tsx";
import { useSettingsMessages } from "./messages.ts";

/** What a change of one's own account is sent with. */
export type AnewProof = { readonly password: string; readonly code: string | null };

/** Who sits here, asked once more. */
export type Anew = {
  /** The fields to fill in: password, and code where the account is entered with one. */
  readonly fields: ReactElement;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly fault: Error | null;
  /** Lets the passkey answer where there is one, and hands on what proves the person; nothing is handed on when the person put it off. */
  readonly prove: (act: (proof: AnewProof) => void) => void;
  readonly clear: () => void;
};

/** Asks wholly again, as at the door: the password (under `label`, readable when `isShown`), and the passkey or a code besides. Whoever has lost the passkey types a recovery code. */
export const useAnew = ({ label, isShown = false }: { readonly label?: string; readonly isShown?: boolean } = {}): Anew => {
  const words = useSettingsMessages();
  const me = useMe();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [isKeyAway, setKeyAway] = useState(false);
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly fault: Error | null }>({ isBusy: false, fault: null });
  const wantsKey = me.stepUp === "kunci" && !isKeyAway;
  const wantsCode = me.stepUp !== null && !wantsKey;
  const prove = async (act: (proof: AnewProof) => void): Promise<void> => {
    setState({ isBusy: true, fault: null });
    try {
      if (wantsKey) await proveFresh([me.ownAccount], "kunci", "");
      setState({ isBusy: false, fault: null });
      act({ password, code: wantsCode ? code : null });
    } catch (error) {
      setState({ isBusy: false, fault: error instanceof Refused || error instanceof Unreachable ? error : new Error(words.passkeyPutOff, { cause: error }) });
    }
  };
  return {
    fields: (
      <>
        <label>{label ?? words.password}<input data-autofocus type={isShown ? "text" : "password"} autoComplete="current-password" required maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} /></label>
        {wantsCode && <label>{words.anewCode}<input autoComplete="one-time-code" required maxLength={24} value={code} onChange={(event) => setCode(event.target.value)} /></label>}
        {wantsKey && <Button kind="link" onClick={() => setKeyAway(true)}>{words.anewLost}</Button>}
      </>
    ),
    isReady: password !== "" && (!wantsCode || code !== ""),
    isBusy: state.isBusy,
    fault: state.fault,
    prove: (act) => void prove(act),
    clear: () => {
      setPassword("");
      setCode("");
    },
  };
};
