import "@fontsource-variable/plus-jakarta-sans/wght.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { speakAsRemembered } from "./kernel/catalog/index.ts";
import { followScheme } from "./kernel/color-scheme.ts";
import { watchConnection } from "./kernel/connection.ts";
import { handleKey } from "./kernel/keys.ts";
import { router } from "./router.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has an element #root");

followScheme();
watchConnection(window);
document.addEventListener("keydown", handleKey);
if (import.meta.env.PROD) addEventListener("load", () => void import("./kernel/update.ts").then(({ keepShell }) => keepShell())); // after the first page, not before it
await speakAsRemembered();

createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
