package io.snowball.platform.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.UniSubscribe;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;

/** The rules of the house, the same in every service. Each message says what to do instead. */
public final class HouseRules {
    private static final String[] SERVICES = {"customer", "segmentation", "consent", "campaign", "gateway"};

    private HouseRules() {}

    /** @param service the last part of the service's root package, such as {@code customer} */
    public static void check(String service) {
        String root = "io.snowball." + service;
        JavaClasses code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
        Stream.of(
                        featuresWithoutCycles(root),
                        resourcesAreNamedSo(),
                        resourceMethodsArePublic(),
                        ownHouseOnly(service),
                        timeIsAnInput(),
                        idsSortByTime(),
                        nothingBlocks(),
                        noUnnamedRoles(),
                        PersonalDataRule.accessesAreRecorded())
                .forEach(rule -> rule.allowEmptyShould(true).check(code));
    }

    private static ArchRule featuresWithoutCycles(String root) {
        return slices().matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("features may call each other in one direction only: move what both need to the lower one");
    }

    private static ArchRule resourcesAreNamedSo() {
        return classes()
                .that()
                .areAnnotatedWith(Path.class)
                .and()
                .areNotInterfaces()
                .should()
                .haveSimpleNameEndingWith("Resource")
                .because("who looks for an endpoint looks for *Resource");
    }

    private static ArchRule resourceMethodsArePublic() {
        return methods()
                .that()
                .areDeclaredInClassesThat(simpleNameEndingWith("Resource"))
                .and()
                .areAnnotatedWith(jakarta.ws.rs.GET.class)
                .or()
                .areAnnotatedWith(jakarta.ws.rs.POST.class)
                .or()
                .areAnnotatedWith(jakarta.ws.rs.PUT.class)
                .or()
                .areAnnotatedWith(jakarta.ws.rs.DELETE.class)
                .should()
                .bePublic()
                .because("Quarkus answers 404 for a resource method that is not public");
    }

    private static ArchRule ownHouseOnly(String service) {
        String[] others = Stream.of(SERVICES)
                .filter(other -> !other.equals(service))
                .map(other -> "io.snowball." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .because("services agree by contract only: write a small client of what you use");
    }

    private static ArchRule timeIsAnInput() {
        return noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .because("time is an input: inject java.time.Clock, so that a test can move it");
    }

    private static ArchRule idsSortByTime() {
        return noClasses().should().callMethod(UUID.class, "randomUUID").because("use Ids.next()");
    }

    private static ArchRule nothingBlocks() {
        return noClasses()
                .that(not(simpleNameEndingWith("Worker")))
                .and(not(simpleNameEndingWith("Import")))
                .should()
                .callMethod(Uni.class, "await")
                .orShould()
                .callMethod(Uni.class, "subscribe")
                .orShould()
                .callMethodWhere(target(UniSubscribe.class))
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.Connection")
                .because(
                        "nothing blocks an event loop: chain it, or put it into a *Worker or *Import that runs on a thread of its own");
    }

    private static com.tngtech.archunit.base.DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> target(
            Class<?> owner) {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "on " + owner.getSimpleName(), call -> call.getTargetOwner().isEquivalentTo(owner));
    }

    private static ArchRule noUnnamedRoles() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|DTO|Dto)")
                .orShould()
                .haveNameMatching(".*\\.Abstract[A-Z].*")
                .because("name a class by what it is or does");
    }
}
