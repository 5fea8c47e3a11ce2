package io.snowball.platform.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.access.NoPersonalData;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Requirement r30: an endpoint that takes or gives personal data says so, and is then in the access log. */
final class PersonalDataRule {
    /** A field of such a name is about a person. */
    private static final Set<String> PERSONAL = Set.of(
            "customerId",
            "customerIds",
            "mergedCustomerId",
            "email",
            "emails",
            "phone",
            "phones",
            "firstName",
            "lastName",
            "middleName",
            "fullName",
            "birthDate",
            "address",
            "addresses",
            "identities",
            "identifier",
            "login",
            "ip",
            "userAgent");

    /** What may have anything in it. */
    private static final Set<String> OPAQUE =
            Set.of("[B", "java.lang.String", "com.fasterxml.jackson.databind.JsonNode");

    private PersonalDataRule() {}

    static ArchRule accessesAreRecorded() {
        return methods()
                .that(areEndpoints())
                .should(sayWhatTheyAccess())
                .allowEmptyShould(true)
                .because("who sees or changes personal data is in the access log: put @Accesses on the method, or"
                        + " @NoPersonalData on it or its class with the reason why there is none");
    }

    private static DescribedPredicate<JavaMethod> areEndpoints() {
        return DescribedPredicate.describe(
                "are endpoints",
                method -> method.getAnnotations().stream()
                                .anyMatch(one -> one.getRawType().isAnnotatedWith(HttpMethod.class))
                        && method.getOwner().isAnnotatedWith(Path.class)
                        && !method.getOwner().isInterface());
    }

    private static ArchCondition<JavaMethod> sayWhatTheyAccess() {
        return new ArchCondition<>("say what they access") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean said = method.isAnnotatedWith(Accesses.class)
                        || method.isAnnotatedWith(NoPersonalData.class)
                        || method.getOwner().isAnnotatedWith(NoPersonalData.class);
                if (!said && reachesPersonalData(method)) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " takes or gives personal data and does not say so"));
                }
            }
        };
    }

    private static boolean reachesPersonalData(JavaMethod method) {
        String path = method.getOwner().getAnnotationOfType(Path.class).value()
                + (method.isAnnotatedWith(Path.class)
                        ? "/" + method.getAnnotationOfType(Path.class).value()
                        : "");
        boolean opaque = method.getReturnType().getAllInvolvedRawTypes().stream()
                .anyMatch(type -> OPAQUE.contains(type.getName()));
        Set<JavaClass> seen = new HashSet<>();
        return opaque
                || path.contains("customerId}")
                || Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                        .anyMatch(type -> reaches(type, seen));
    }

    private static boolean reaches(JavaType type, Set<JavaClass> seen) {
        for (JavaClass raw : type.getAllInvolvedRawTypes()) {
            if (raw.getPackageName().startsWith("io.snowball.") && seen.add(raw)) {
                for (JavaField field : raw.getFields()) {
                    boolean ofTheObject =
                            !field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC);
                    if (ofTheObject && (PERSONAL.contains(field.getName()) || reaches(field.getType(), seen))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
