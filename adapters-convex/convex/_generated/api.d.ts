/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";
import type * as audit from "../audit.js";
import type * as batches from "../batches.js";
import type * as documents from "../documents.js";
import type * as fence from "../fence.js";
import type * as guard from "../guard.js";
import type * as identity from "../identity.js";
import type * as imports from "../imports.js";
import type * as pages from "../pages.js";
import type * as reading from "../reading.js";
import type * as rebuilds from "../rebuilds.js";
import type * as runs from "../runs.js";
import type * as shape from "../shape.js";
import type * as shelf from "../shelf.js";
import type * as streams from "../streams.js";
import type * as threads from "../threads.js";
import type * as timelines from "../timelines.js";
import type * as writer from "../writer.js";
import type * as writerInternal from "../writerInternal.js";

/**
 * A utility for referencing Convex functions in your app's API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
declare const fullApi: ApiFromModules<{
  audit: typeof audit;
  batches: typeof batches;
  documents: typeof documents;
  fence: typeof fence;
  guard: typeof guard;
  identity: typeof identity;
  imports: typeof imports;
  pages: typeof pages;
  reading: typeof reading;
  rebuilds: typeof rebuilds;
  runs: typeof runs;
  shape: typeof shape;
  shelf: typeof shelf;
  streams: typeof streams;
  threads: typeof threads;
  timelines: typeof timelines;
  writer: typeof writer;
  writerInternal: typeof writerInternal;
}>;
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;
