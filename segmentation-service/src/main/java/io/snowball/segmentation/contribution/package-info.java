/**
 * What messages contribute: the share of revenue that follows them (B16), and what campaigns brought beyond their control groups and
 * after their cost (B15, M13, H8). The first is counted on the facts here, the second is asked of campaign-service, which knows its
 * control groups and tariffs, by a small tolerant client. Stores nothing.
 */
@NullMarked
package io.snowball.segmentation.contribution;

import org.jspecify.annotations.NullMarked;
