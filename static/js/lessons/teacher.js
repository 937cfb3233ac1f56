/** The teacher's page: it can be printed. */
import { part } from "./pages.js";

part("print").addEventListener("click", () => window.print());
