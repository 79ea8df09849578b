import "@fontsource-variable/plus-jakarta-sans/wght.css";
import "../ui/tokens.css";
import "../ui/base.css";
import "./stories.css";
import { StrictMode, useSyncExternalStore, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { followScheme } from "../kernel/color-scheme.ts";
import { handleKey } from "../kernel/keys.ts";
import { stories } from "./stories.tsx";

// The gallery of components, for development and for screenshots: `stories.html#meja`. Not part of the production build.
const Gallery = (): ReactElement => {
  const id = useSyncExternalStore(
    (hear) => {
      addEventListener("hashchange", hear);
      return () => removeEventListener("hashchange", hear);
    },
    () => location.hash.slice(1),
  );
  const story = stories.find((candidate) => candidate.id === id);
  if (story === undefined) {
    return (
      <main style={{ padding: 24 }}>
        <h1>Komponen Lontar</h1>
        <ul style={{ marginTop: 12 }}>
          {stories.map((each) => <li key={each.id}><a href={`#${each.id}`} style={{ textDecoration: "underline", lineHeight: 2 }}>{each.title}</a></li>)}
        </ul>
      </main>
    );
  }
  return story.isScreen === true ? story.draw() : <main style={{ padding: "24px min(24px, 4vw)" }}><h1 style={{ marginBottom: 20 }}>{story.title}</h1>{story.draw()}</main>;
};

followScheme();
document.addEventListener("keydown", handleKey);
const root = document.getElementById("root");
if (root === null) throw new Error("stories.html has an element #root");
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
