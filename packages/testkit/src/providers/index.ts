export { openAuthority, type Holder } from "./authority.ts";
export { openBsre, type Bsre, type BsreTrouble } from "./bsre.ts";
export { openCsc, type Csc, type CscTrouble } from "./csc.ts";
export { openTsa, type StatusTrouble, type TestTsa, type TsaTrouble } from "./tsa.ts";
