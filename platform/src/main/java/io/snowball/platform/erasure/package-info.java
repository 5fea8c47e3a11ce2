/** What all services that keep something of people do alike when somebody is destroyed (152-FZ, art. 21). */
@NullMarked
package io.snowball.platform.erasure;

import org.jspecify.annotations.NullMarked;
