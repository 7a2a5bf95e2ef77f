// The stock controls, fetched only by a page whose author uses them.

export * from "@jupyter-widgets/controls";

const sheet = document.createElement("link");
sheet.rel = "stylesheet";
sheet.href = new URL("./controls.css", import.meta.url).href;
document.head.append(sheet);
