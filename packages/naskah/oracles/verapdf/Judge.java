import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges each file by the flavours that stand behind it, as 2a,ua1; prints one line each: file, flavour, true or false, failed rules. */
public class Judge {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (int at = 0; at + 1 < args.length; at += 2) {
      String file = args[at];
      for (String name : args[at + 1].split(",")) {
        PDFAFlavour flavour = PDFAFlavour.fromString(name);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
          ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
          TreeSet<String> failed = new TreeSet<>();
          for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
              failed.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber());
            }
          }
          System.out.println("VERDICT\t" + file + "\t" + name + "\t" + result.isCompliant() + "\t" + String.join(" ", failed));
        }
      }
    }
  }
}
