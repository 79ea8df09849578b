import { createStore, type Store } from "./store.ts";

/** Someone waits for the person to sign in again. */
export type Waiting = { readonly answer: (signedIn: boolean) => void };

/** Set while the re-sign-in dialog is to be shown. */
export const waitingForSignIn: Store<Waiting | undefined> = createStore<Waiting | undefined>(undefined);

let pending: Promise<boolean> | undefined;

/** Shows the dialog over the page (which stays as it is, with all that was typed) and answers whether the person signed in. Many callers share one dialog. */
export const askSignIn = (): Promise<boolean> => {
  pending ??= new Promise<boolean>((resolve) => {
    waitingForSignIn.set({
      answer: (signedIn) => {
        pending = undefined;
        waitingForSignIn.set(undefined);
        resolve(signedIn);
      },
    });
  });
  return pending;
};
