using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Documents;

/// <summary>Answers requests with documents.</summary>
public static class PdfAnswer
{
    /// <summary>
    /// The document as a PDF file of this name, which no cache keeps. Without permission the answer is 403 or 404, and what the app rejects is 400.
    /// </summary>
    public static async Task<IResult> WriteAsync(HttpContext context, string fileName, IDocumentEngine engine, Func<Task<Document>> read)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var document = await read();
            return Results.File(engine.Write(document, cancellation: context.RequestAborted), "application/pdf", $"{fileName}.pdf");
        }
        catch (Refusal refusal)
        {
            return Results.StatusCode(refusal switch
            {
                NotFound => StatusCodes.Status404NotFound,
                Rejected => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status403Forbidden,
            });
        }
    }
}
