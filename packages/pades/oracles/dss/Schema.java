import eu.europa.esig.validationreport.ValidationReportUtils;
import java.io.File;
import javax.xml.transform.stream.StreamSource;

/** Holds each report against the XML schema of ETSI TS 119 102-2, which DSS brings along. Prints one line a report: path, what breaks the schema. */
public final class Schema {
  public static void main(String[] reports) {
    for (String report : reports) {
      System.out.println(report + "\t" + String.join("; ", ValidationReportUtils.getInstance().validateAgainstXSD(new StreamSource(new File(report)))).replaceAll("\\s+", " "));
    }
  }
}
