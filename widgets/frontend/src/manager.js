// The widget manager of a page: Jupyter's own, told where our scripts are.

import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { found as anywidget } from "./define.js";
import "anywidget";

delete globalThis.define;

const OURS = "workbook:";
const MODULES = {
  "@jupyter-widgets/base": () => base,
  "@jupyter-widgets/controls": () => import("./controls.js"),
  anywidget: () => anywidget,
};

/**
 * Lets a model send again. It holds back what it has to say until the kernel is done with its last
 * message, so for ever if that one was lost. The kernel takes messages in turn: once it is done
 * with a later one, the earlier one is not coming.
 */
function release(model, message) {
  if (model._pending_msgs > 0) model._handle_status(message);
}

export class Manager extends ManagerBase {
  /** @param {any} kernel a kernel connection  @param {string} exercises the address of all exercise types */
  constructor(kernel, exercises) {
    super();
    this.kernel = kernel;
    this.exercises = exercises;
    this.models = new Set();
    kernel.registerCommTarget(this.comm_target_name, (comm, message) =>
      this.handle_comm_open(new base.shims.services.Comm(comm), message),
    );
  }

  async loadClass(name, module) {
    const load = MODULES[module];
    if (!load) throw new Error(`${module} is not part of this page`);
    return (await load())[name];
  }

  /** An exercise names its type; the script of all types is fetched once, and may be kept. */
  async _make_model(options, state = {}) {
    const script = String(state._esm ?? "");
    if (script.startsWith(OURS)) {
      const type = script.slice(OURS.length);
      state = { ...state, _esm: `export { ${type} as default } from ${JSON.stringify(this.exercises)};` };
    }
    const model = await super._make_model(options, state);
    const take = model.set_state;
    // The kernel only knows the type's name; a script never changes while its page stands.
    model.set_state = ({ _esm, ...rest }) => take.call(model, rest);
    this.models.add(model);
    return model;
  }

  /** Asks how everything stands: what went either way while the line was broken is lost. */
  refresh() {
    for (const model of this.models) {
      const mayHaveLost = model._pending_msgs > 0;
      const status = (/** @type {any} */ message) => mayHaveLost && release(model, message);
      model.comm?.send({ method: "request_state" }, { iopub: { status } });
    }
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new base.shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const reply = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.status === "ok" ? reply.content.comms : {};
  }
}
