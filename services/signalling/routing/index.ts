/** Where a signal goes, as pure rules over registers: police unit, office of the public prosecution, employer, and the way around the driehoek. Clients and screens call it. */
export { route, type Ground, type Route, type RouteRole, type RouteStep, type RouteStop, type RouteUse } from "./route.ts";
export { sentences, type Sentence, type SentenceCode } from "./sentences.ts";
export { readRoutingSituation, RoutingError, RoutingSituation, triangleSeats, type RoutingErrorCode, type TriangleSeat } from "./situation.ts";
