using LogisticsAdmin.Features.Voice.Cases;

namespace LogisticsAdmin.Features.Voice.Work;

internal static partial class VoiceLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Bulk {Verb} of cases by person {PersonId}: {Done} done, {Refused} refused, {Left} left out")]
    public static partial void BulkPerformed(this ILogger log, VoiceVerb verb, long? personId, int done, int refused, int left);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Bulk {Verb} failed on case {CaseId}; the others go on, and the person was given error reference {ErrorReference}")]
    public static partial void BulkFailed(this ILogger log, Exception e, VoiceVerb verb, long caseId, string errorReference);
}
