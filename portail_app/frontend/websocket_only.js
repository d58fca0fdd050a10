// Stands in for engine.io-client, without the ways to connect that we do not use.
const absent = undefined;

export { Socket } from "../node_modules/engine.io-client/build/esm/socket.js";
export { installTimerFunctions } from "../node_modules/engine.io-client/build/esm/util.js";
export { parse } from "../node_modules/engine.io-client/build/esm/contrib/parseuri.js";
export { nextTick } from "../node_modules/engine.io-client/build/esm/globals.js";
export { WS as WebSocket, WS as NodeWebSocket } from "../node_modules/engine.io-client/build/esm/transports/websocket.js";
export { absent as Fetch, absent as NodeXHR, absent as XHR, absent as WebTransport };
