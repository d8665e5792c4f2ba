namespace LogisticsAdmin.Media;

/// <summary>Why a form with files was refused unread; the address of the form's page then says <c>?problem=…</c>.</summary>
public enum UploadProblem
{
    /// <summary>More bytes than the page accepts.</summary>
    TooLarge,

    /// <summary>Too many of the person's uploads at once or within an hour.</summary>
    TooMany,
}
