/**
 * The first thing that a newcomer runs: the main job on the real purchases of a CD shop, over the same API and the same links that
 * everybody uses. Run again it repeats every request and changes nothing: each carries the key of the first run.
 */
@NullMarked
package io.snowball.launcher.demo;

import org.jspecify.annotations.NullMarked;
