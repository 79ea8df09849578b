import crest from "@lontar/naskah/crest.svg?no-inline";
import type { ReactElement } from "react";

/** An invented crest, for governments that have not given theirs: the file that the PDF draws too. */
export const Crest = (): ReactElement => <img src={crest} width="100%" alt="" />;
