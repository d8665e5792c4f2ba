namespace LogisticsAdmin.Documents;

public enum ParagraphKind
{
    Body,

    /// <summary>A remark in smaller type.</summary>
    Note,

    /// <summary>Words of somebody else.</summary>
    Quote,
}
