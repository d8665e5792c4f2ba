using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogisticsAdmin.Data;

/// <summary>The files of seeds/, which are copied to the build and publish output.</summary>
public static class Seeds
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "seeds", file);

    public static async Task<T> ReadAsync<T>(string file, CancellationToken ct = default)
    {
        await using var stream = File.OpenRead(PathOf(file));
        return await JsonSerializer.DeserializeAsync<T>(stream, Json, ct) ?? throw new InvalidDataException($"seeds/{file} is empty.");
    }
}
