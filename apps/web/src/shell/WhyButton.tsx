import type { ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { Button } from "../ui/Button.tsx";
import { whyAsked } from "./why.ts";

/** The small question beside every letter: "Mengapa saya bisa melihat ini?" */
export const WhyButton = ({ id }: { readonly id: string }): ReactElement => {
  const words = useMessages();
  return <Button kind="link" size="small" icon="eye" onClick={() => whyAsked.set(id)}>{words.why}</Button>;
};
