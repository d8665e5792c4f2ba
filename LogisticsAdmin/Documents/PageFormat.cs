namespace LogisticsAdmin.Documents;

/// <summary>How the pages of a document look.</summary>
public enum PageFormat
{
    /// <summary>A4 in the manner of an official letter: red title, office and date above red rules, page numbers.</summary>
    OfficialLetter,

    /// <summary>Plain A4 without a title of its own: dispatch slips and sign-in slips.</summary>
    Slip,
}
