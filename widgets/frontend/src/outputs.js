// What the cells of the notebook gave: a widget, a picture, or text.

import { Widget } from "@lumino/widgets";

const WIDGET = "application/vnd.jupyter.widget-view+json";
const OUTPUTS = 'script[type="application/vnd.voila.cell-output+json"]';

const joined = (text) => (Array.isArray(text) ? text.join("") : String(text ?? ""));

function plain(data) {
  if (data["image/png"]) {
    const picture = new Image();
    picture.src = `data:image/png;base64,${joined(data["image/png"]).trim()}`;
    picture.alt = joined(data["text/plain"]);
    return picture;
  }
  // The author's own notebook made it; scripts in it do not run.
  const element = document.createElement(data["text/html"] ? "div" : "pre");
  if (data["text/html"]) element.innerHTML = joined(data["text/html"]);
  else element.textContent = joined(data["text/plain"]);
  return element;
}

/** Draws every output in its place, each as soon as it can be. */
export async function drawOutputs(manager) {
  const draw = async (script) => {
    const { data = {} } = JSON.parse(script.textContent);
    const place = script.parentElement;
    if (!data[WIDGET]) return place.append(plain(data));
    const model = await manager.get_model(data[WIDGET].model_id);
    const view = await manager.create_view(model);
    Widget.attach(view.luminoWidget, place);
  };
  await Promise.all([...document.querySelectorAll(OUTPUTS)].map(draw));
}
