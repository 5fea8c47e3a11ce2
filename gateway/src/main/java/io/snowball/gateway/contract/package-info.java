/**
 * One OpenAPI document for all that goes through the door, joined from what each service promises. What is not routed is left out.
 * Two services that mean different things by one name of a component or an operation are a fault that the build finds.
 */
@NullMarked
package io.snowball.gateway.contract;

import org.jspecify.annotations.NullMarked;
