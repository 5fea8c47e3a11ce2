package io.snowball.platform;

import io.snowball.platform.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsTheRulesOfTheHouse() {
        HouseRules.check("platform");
    }
}
