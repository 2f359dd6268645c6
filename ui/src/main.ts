// Puts the window into the page.
import { mount } from "svelte";
import { findHost } from "./host";
import Window from "./screens/Window.svelte";
import { app } from "./state/app.svelte";
import "./style/tokens.css";
import "./style/fonts.css";
import "./style/base.css";
import "./style/kinds.css";
import "./style/screens.css";

const target = document.getElementById("window");
if (!target) throw new Error("the page has no place for the window");

const wanted = import.meta.env.VITE_PRETEND ? new URLSearchParams(location.search).get("theme") : null;
const dark = wanted === null ? matchMedia("(prefers-color-scheme: dark)").matches : wanted === "dark";
document.documentElement.dataset["theme"] = dark ? "dark" : "light";

await app.begin(await findHost(), dark ? "dark" : "light");
mount(Window, { target });
