/**
 * How to introduce CRM marketing: the ten steps (G13), the five stages (A6), a warning when channels run before anybody has analysed
 * (A10), and the eight questions of the analysis answered from the base (A8). Stores only which steps people have ticked off.
 */
@NullMarked
package io.snowball.segmentation.plan;

import org.jspecify.annotations.NullMarked;
