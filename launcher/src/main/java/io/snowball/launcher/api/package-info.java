/** The gateway's API as a client sees it; for the demo, the measurements and the system tests. */
@NullMarked
package io.snowball.launcher.api;

import org.jspecify.annotations.NullMarked;
