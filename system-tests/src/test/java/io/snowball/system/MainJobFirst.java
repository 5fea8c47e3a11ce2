package io.snowball.system;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * The main job counts the whole base, so it comes before the tests that bring people of their own into the one system; those that kill
 * services come last.
 */
public class MainJobFirst implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparing((ClassDescriptor test) -> test.getTestClass() != MainJobTest.class)
                        .thenComparing(ClassDescriptor::getDisplayName, Comparator.reverseOrder()));
    }
}
