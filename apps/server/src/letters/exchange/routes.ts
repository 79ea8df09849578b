import { open, type Route } from "../../kernel/http.ts";
import { receiveEnvelope, type Receiving } from "./receive.ts";

/** The door by which other governments hand letters in. */
export const exchangeRoutes = (deps: Receiving): readonly Route[] => [open("open.deliver", (input) => receiveEnvelope(deps, input))];
