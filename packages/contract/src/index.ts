export { contract, type EndpointName } from "./contract.ts";
export { endpoint, type Access, type Carries, type Endpoint, type Input, type Parsed, type Result } from "./endpoint.ts";
export { shortfall, type LongTerm, type ProofLevel, type Shortfall } from "./long-term.ts";
export { longTermSentence, shortfallWords } from "./long-term-words.ts";
export { openApi } from "./openapi.ts";
export { refusalSentence } from "./refusal-sentence.ts";
export { refusals, type Problem, type Refusal, type RefusalCode } from "./refusals.ts";
export * as terms from "./terms.ts";
export { changeSentence, checkSentence, checkWords, documentSentence, unreadableSentence } from "./validation-words.ts";
