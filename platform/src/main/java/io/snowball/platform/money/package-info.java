/**
 * Money: kopecks inside, a decimal number with two places outside. One currency per installation.
 */
@NullMarked
package io.snowball.platform.money;

import org.jspecify.annotations.NullMarked;
