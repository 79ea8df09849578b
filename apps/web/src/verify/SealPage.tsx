import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Icon } from "../ui/Icon.tsx";
import css from "./Open.module.css";
import { OpenFrame } from "./OpenFrame.tsx";
import { useOpenMessages } from "./messages.ts";
import { SealResult } from "./SealResult.tsx";

/** The address of a QR code, opened without a network: the seal is judged by this browser alone. With a network the server's own page stands here. */
export const SealPage = (): ReactElement => {
  const { code } = useParams({ strict: false });
  const { check, frame } = useOpenMessages();
  const judged = useQuery({ queryKey: ["seal", code], networkMode: "always", retry: false, staleTime: Number.POSITIVE_INFINITY, queryFn: async () => (await import("./seal-check.ts")).checkSeal(code ?? "") });
  const isSeal = (code ?? "").length > 60;
  return (
    <OpenFrame title={check.title} owner={frame.byFile}>
      <p className={css["offline"]} role="note"><Icon name="warning" size={20} /><span>{check.seal.offline}</span></p>
      {!isSeal ? <div className={css["intro"]} role="status"><h1>{check.seal.codeNeedsNetwork}</h1><p>{check.seal.codeNeedsNetworkNext}</p></div> : judged.data !== undefined && <SealResult check={judged.data} />}
      {judged.data?.verdict !== undefined && "good" in judged.data.verdict && <p><a className={css["plainLink"]} href={`/periksa?surat=${code}`}><Icon name="file" size={20} />{check.meant.drop}</a></p>}
    </OpenFrame>
  );
};
