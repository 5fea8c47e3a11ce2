/**
 * What every service demands of JSON that it reads, so that no feature has to remember it: nothing gets in that no table could
 * hold. Knows no feature, and adds nothing to what is written.
 */
@NullMarked
package io.snowball.platform.json;

import org.jspecify.annotations.NullMarked;
