/**
 * How fast it is, against something that anybody has: each measurement runs the product and a reference one after the other on the
 * same machine and prints both and their ratio. The ratio is what to compare: machines differ, and neighbours make noise.
 */
@NullMarked
package io.snowball.launcher.bench;

import org.jspecify.annotations.NullMarked;
